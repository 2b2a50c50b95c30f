/** Hands a file to the person, as a download. */
export function fileSave(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over by the next turn; older ones need a moment more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
