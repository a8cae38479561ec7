import type { ErrorReply } from '../contract/errors.ts';

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What a person sees who may not see the window: the sentence, what to do, and the code. */
export function refusalPage({ code, message, remedy }: ErrorReply): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Cutpoint</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem">
<h1 style="font-size: 1.25rem">${escape(message)}</h1>
<p>${escape(remedy ?? '')}</p>
<p><small>${escape(code)}</small></p>
`;
}
