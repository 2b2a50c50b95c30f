/** Why an item could not be opened, in the page's language. */
import type { ItemReason } from '../state/item-reason';
import type { Translate } from '../ui/i18n/translate';

export function itemReasonWords(t: Translate, reason: ItemReason): string {
  if (reason.kind === 'schema') {
    const { path, rule, wanted, found } = reason;
    return t('item.reason.schema', { path: path || t('item.file'), rule: t(`item.rule.${rule}`, { wanted, found }) });
  }
  const { kind, ...params } = reason;
  return t(`item.reason.${kind}`, params);
}
