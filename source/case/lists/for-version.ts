/** What `make` gives, made anew only where the version is another one than it was made for. */
export const forVersion = <Made>(version: () => number, make: () => Made): (() => Made) => {
  let kept: { readonly version: number; readonly made: Made } | null = null;
  return () => {
    const now = version();
    if (kept?.version !== now) kept = { version: now, made: make() };
    return kept.made;
  };
};
