/** The bundler's `?url` imports: the address of a file that is served beside the script. */
declare module '*?url' {
  const url: string;
  export default url;
}
