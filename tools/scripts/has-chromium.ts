import { chromiumPath } from '../lib/chromium';

process.exit(chromiumPath() ? 0 : 1);
