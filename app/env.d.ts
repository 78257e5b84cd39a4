import "@remix-run/node";
import type { RequestScope } from "./platform/http/scope";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext {
    cspNonce: string;
    scope: RequestScope;
  }
}
