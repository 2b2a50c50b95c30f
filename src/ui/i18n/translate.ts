/** Fills a message's placeholders. */
import type { MessageKey, Messages } from './en';

export type MessageParams = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** A placeholder without a value stays visible, so that it is noticed. */
export const filled = (message: string, params: MessageParams): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

export const translator =
  (messages: Messages): Translate =>
  (key, params = {}) =>
    filled(messages[key], params);
