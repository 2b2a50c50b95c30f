/** What the page has to say about links and objects. */
import { useStore } from 'zustand';
import type { ObjectProblem } from '../state/object-problem';
import type { Notice } from '../state/view-slice';
import { isOwnObjectId, ownObjectWords } from '../state/own-object-id';
import { DEFAULT_OBJECT_ID } from '../state/page-defaults';
import { isPartShown } from '../state/page-parts';
import type { MessageKey } from '../ui/i18n/en';
import { listJoin } from '../ui/i18n/joined';
import { useT } from '../ui/i18n/use-t';
import type { Translate } from '../ui/i18n/translate';
import { NoticeBar } from '../ui/notice-bar';
import { itemReasonWords } from './item-words';
import { useAppState, useServices } from './services';

function problemText(t: Translate, problem: ObjectProblem, name: string): string {
  switch (problem.kind) {
    case 'unknown':
    case 'connection':
      return t(`object.${problem.kind}`, { name });
    case 'elsewhere':
      return t('object.elsewhere', { name, address: problem.address });
    case 'file':
      return t('object.file', { name });
    case 'mesh':
      return t('object.own', { what: t(`own.error.${problem.mesh.code}`, { file: problem.mesh.file }) });
    case 'other':
      return t('object.other', { name });
  }
}

/**
 * @param isHere whether the object is one that the person brought or kept
 * @param hasPicker the page shows the button that offers other objects
 */
function noticeText(t: Translate, notice: Notice, isHere: boolean, hasPicker: boolean): string {
  switch (notice.kind) {
    case 'url':
      return t('notice.url', {
        issues: listJoin(
          t,
          notice.issues.map(({ param, value }) => `${param}=${value.slice(0, 40)}`),
        ),
      });
    case 'object':
      if (isOwnObjectId(notice.objectId) && !isHere)
        return t('notice.own.missing', { name: ownObjectWords(notice.objectId) });
      return t(objectNoticeKey(notice.objectId, hasPicker), {
        message: problemText(t, notice.problem, notice.objectId),
      });
    case 'own-not-kept':
      return t('notice.own.notKept', { name: notice.name });
    case 'part':
      return t('notice.part');
    case 'item':
      return t('item.failed', { file: notice.file, reason: itemReasonWords(t, notice.reason) });
  }
}

/** What loaders or the browser said, in English. */
function noticeQuote(notice: Notice): string | null {
  if (notice.kind === 'part') return notice.message;
  if (notice.kind !== 'object') return null;
  const { problem } = notice;
  return problem.kind === 'file' ? problem.reason : problem.kind === 'other' ? problem.message : null;
}

function objectNoticeKey(objectId: string, hasPicker: boolean): MessageKey {
  if (objectId === DEFAULT_OBJECT_ID) return 'notice.object.car';
  return hasPicker ? 'notice.object' : 'notice.object.only';
}

export function Notices() {
  const t = useT();
  const { store, own } = useServices();
  const here = useStore(own.list);
  const hasPicker = useAppState(({ settings }) => isPartShown(settings.shape, 'header'));
  const notices = useAppState(({ view }) => view.notices);
  return (
    <div className="notices">
      {notices.map((notice, index) => (
        <NoticeBar
          key={index}
          text={noticeText(
            t,
            notice,
            notice.kind === 'object' && here.some(({ id }) => id === notice.objectId),
            hasPicker,
          )}
          quote={noticeQuote(notice)}
          onDismiss={() => store.getState().view.noticeDismiss(notice)}
        />
      ))}
    </div>
  );
}
