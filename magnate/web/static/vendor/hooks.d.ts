// The types of the published package, for the checks of the page.
export * from "preact/hooks";
