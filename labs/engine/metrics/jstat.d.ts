/** The part of jstat that we use; the package carries no types. */
declare module 'jstat' {
  const jStat: {
    studentt: {
      /** The value below which a Student t variable with `degrees` degrees of freedom falls with probability `p`. */
      inv(p: number, degrees: number): number;
    };
  };
  export default jStat;
}
