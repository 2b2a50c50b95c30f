/** Link, QR code and a snippet for other pages. */
import { useState } from 'react';
import { PAGE_PARTS, type PagePart } from '../state/page-parts';
import { THEMES, type Theme } from '../state/storage-codec';
import type { Mode } from '../state/url-codec';
import { CopyField } from './copy-field';
import { Dialog } from './dialog';
import { sentencesJoin } from './i18n/joined';
import { useT } from './i18n/use-t';
import { QrCode, qrSvg } from './qr-code';

/** Null: the reader's own. */
export type LinkTheme = Exclude<Theme, 'system'> | null;

export interface ShareDialogProps {
  readonly mode: Mode;
  /** The object is in nobody else's browser. */
  readonly isOwnObject: boolean;
  /** A question in own words is asked. */
  readonly hasOwnWords: boolean;
  readonly linkFor: (theme: LinkTheme, hidden: readonly PagePart[]) => string;
  readonly embedFor: (theme: LinkTheme, hidden: readonly PagePart[]) => string;
  /** Null where the browser has no sheet of its own. */
  readonly onSend: ((link: string) => void) | null;
  readonly onFile: (name: string, content: Blob) => void;
  readonly onClose: () => void;
}

const LINK_THEMES = THEMES.filter((theme) => theme !== 'system');

const snippetFor = (address: string, title: string): string =>
  `<iframe src="${address.replaceAll('&', '&amp;')}" title="${title}" loading="lazy" style="width:100%;max-width:760px;height:640px;border:0"></iframe>`;

export function ShareDialog(props: ShareDialogProps) {
  const { mode, isOwnObject, hasOwnWords, linkFor, embedFor, onSend, onFile, onClose } = props;
  const t = useT();
  const [theme, setTheme] = useState<LinkTheme>(null);
  const [hidden, setHidden] = useState<readonly PagePart[]>([]);
  const link = linkFor(theme, hidden);
  // Without the model the link asks something else.
  const isWorded = hasOwnWords && !hidden.includes('model');
  const linkText = t(isOwnObject ? 'share.link.own' : `share.link.${mode}`);
  return (
    <Dialog title={t('share.title')} onClose={onClose}>
      <section className="dialog__part">
        <h3>{t('share.link')}</h3>
        <CopyField label={t('share.link')} text={link} />
        <p className="dialog__text">{sentencesJoin(t, [linkText, isWorded && t('share.link.words')])}</p>
        <div className="dialog__row">
          <label className="choice">
            <span className="choice__label">{t('share.theme')}</span>
            <select
              value={theme ?? ''}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                setTheme(LINK_THEMES.find((known) => known === chosen) ?? null);
              }}
            >
              <option value="">{t('share.theme.own')}</option>
              {LINK_THEMES.map((id) => (
                <option key={id} value={id}>
                  {t(`theme.name.${id}`)}
                </option>
              ))}
            </select>
          </label>
          {onSend && (
            <button type="button" className="button" onClick={() => onSend(link)}>
              {t('share.native')}
            </button>
          )}
        </div>
        <details className="fold">
          <summary>{t('share.parts')}</summary>
          <p className="dialog__text">{t('share.parts.text')}</p>
          <fieldset className="choices">
            <legend className="sr-only">{t('share.parts')}</legend>
            {PAGE_PARTS.map((part) => (
              <label key={part} className="choices__item">
                <input
                  type="checkbox"
                  checked={hidden.includes(part)}
                  onChange={(event) => {
                    const isLeftOut = event.currentTarget.checked;
                    setHidden(PAGE_PARTS.filter((known) => (known === part ? isLeftOut : hidden.includes(known))));
                  }}
                />
                {t(`share.part.${part}`)}
              </label>
            ))}
          </fieldset>
        </details>
      </section>
      <section className="dialog__part share__qr">
        <QrCode text={link} label={t('share.qr.label')} />
        <div className="dialog__part">
          <h3>{t('share.qr')}</h3>
          <p className="dialog__text">{t('share.qr.text')}</p>
          <div className="dialog__row">
            <button
              type="button"
              className="button"
              onClick={() => onFile('viewpoint-link.svg', new Blob([qrSvg(link)], { type: 'image/svg+xml' }))}
            >
              {t('share.qr.save')}
            </button>
          </div>
        </div>
      </section>
      <section className="dialog__part">
        <h3>{t('share.embed')}</h3>
        <CopyField label={t('share.embed')} text={snippetFor(embedFor(theme, hidden), t('app.name'))} lines={3} />
        <p className="dialog__text">{t('share.embed.text')}</p>
      </section>
    </Dialog>
  );
}
