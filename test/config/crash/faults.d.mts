export declare function faultAt(at: number, act: (name: string) => void): { readonly count: number };
export declare const shortWrite: symbol;
