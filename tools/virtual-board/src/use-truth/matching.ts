/**
 * Pairs each of `left` with one of `right`, none twice, as many as can be (augmenting paths), and
 * returns those of `left` that are left over. If all of one side can be paired and all of the other
 * can be paired, then both can be at once (Mendelsohn and Dulmage): each side is asked by itself.
 */
export function coversLeft<L, R>(
  left: readonly L[],
  right: readonly R[],
  isMatch: (left: L, right: R) => boolean,
): readonly L[] {
  const partnerOf = new Map<R, L>();
  const tryPair = (item: L, visited: Set<R>): boolean => {
    for (const candidate of right) {
      if (visited.has(candidate) || !isMatch(item, candidate)) continue;
      visited.add(candidate);
      const rival = partnerOf.get(candidate);
      if (rival === undefined || tryPair(rival, visited)) {
        partnerOf.set(candidate, item);
        return true;
      }
    }
    return false;
  };
  return left.filter((item) => !tryPair(item, new Set()));
}
