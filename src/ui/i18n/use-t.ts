/** The translate function of the language that the page is in. */
import { createContext, useContext } from 'react';
import { en } from './en';
import { translator, type Translate } from './translate';

export const TranslateContext = createContext<Translate>(translator(en));

export const useT = (): Translate => useContext(TranslateContext);
