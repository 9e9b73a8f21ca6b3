/** Draws a part below its heading: appends to `place`, which is empty. Called once. */
export type Renderer<Data> = (place: HTMLElement, data: Data) => void;
