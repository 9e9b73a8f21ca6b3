/** What happened: decides whether it is sent, and how urgent it is. */
export type NewsEvent = "changed" | "attention" | "unchanged" | "finished" | "failed" | "test";

/** A file that goes along where a service takes files. */
export interface Attachment {
  readonly name: string;
  readonly path: string;
}

/** What a service is given to send. All text is printable: no control codes, no marks that reorder or hide text. */
export interface Message {
  readonly event: NewsEvent;
  /** One line: a mail's subject, a push notification's title. */
  readonly headline: string;
  /** The lines below the headline, with columns that line up in a fixed-width font; without a final line break. */
  readonly text: string;
  /** The same for a phone's proportional font: nothing depends on columns. */
  readonly phoneText: string;
  readonly attachment: Attachment | null;
  /** What a program may want to know; plain JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whether the message is bad news. */
export function isUrgent({ event }: Message): boolean {
  return event === "failed" || event === "attention";
}
