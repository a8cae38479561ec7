/** The WebAssembly decoders ship without types; only what the readers use is declared. */
interface CornerstoneDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  readHeader(): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  };
  getInterleaveMode(): number;
  delete(): void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export default function charls(options?: object): Promise<{ JpegLSDecoder: new () => CornerstoneDecoder }>;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function openjpeg(options?: object): Promise<{ J2KDecoder: new () => CornerstoneDecoder }>;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export default function openjph(options?: object): Promise<{ HTJ2KDecoder: new () => CornerstoneDecoder }>;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function turbo(options?: object): Promise<{ JPEGDecoder: new () => CornerstoneDecoder }>;
}
