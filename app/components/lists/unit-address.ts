/** The page of a unit; its name may hold a slash ("m³/h"), which stays one. */
export const unitAddress = (code: string): string =>
  `/operator/lists/units/of/${code.split("/").map(encodeURIComponent).join("/")}`;
