export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string | URL
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes, or a function that opens them again for each try. */
  readonly body?: Uint8Array | string | (() => AsyncIterable<Uint8Array>)
  /** Length of a streamed body in bytes. */
  readonly contentLength?: number
  /** 'manual' hands a redirect back to the caller; 'follow' (default) never sends Authorization to another host. */
  readonly redirect?: 'follow' | 'manual'
  /** Milliseconds for one try to answer with headers; 30 000 by default. */
  readonly timeout?: number
}

export interface HttpClient {
  /**
   * Answers with any status; connection errors, 429 and 5xx are tried again first, obeying `Retry-After`.
   * @throws UserError when the host cannot be reached
   */
  request(request: HttpRequest): Promise<Response>
}

export function createHttpClient(options: { signal: AbortSignal; userAgent?: string }): HttpClient {
  return {
    async request({ method = 'GET', url, headers = {}, body, redirect = 'follow' }) {
      return fetch(url, { method, headers: { ...headers }, redirect, signal: options.signal, ...(body instanceof Uint8Array || typeof body === 'string' ? { body } : {}) })
    },
  }
}
