/** Static hosts answer unknown paths with their start page and status 200. */
export const isWebPage = ({ headers }: Response): boolean =>
  headers.get('content-type')?.includes('text/html') ?? false;
