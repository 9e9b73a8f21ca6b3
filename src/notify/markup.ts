/** A text with the three characters that HTML, Telegram and Slack read as markup written as entities. */
export function withEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
