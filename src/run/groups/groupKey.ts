/** The name under which a result, the ledger and a recommendation keep what they say of a type's parameters in one group: `scalping of SOLUSDT`. */
export function groupKey(type: string, group: string): string {
  return `${type} of ${group}`;
}
