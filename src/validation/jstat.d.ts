declare module "jstat" {
  const jStat: {
    readonly normal: {
      cdf(x: number, mean: number, stdev: number): number;
      inv(probability: number, mean: number, stdev: number): number;
    };
  };
  export default jStat;
}
