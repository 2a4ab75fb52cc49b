//! Files on their way up, with how far they are: `fetch` cannot tell, so this one door uses the older one.

import { asProblem, ifMatch } from "./client";
import { NetworkLost } from "./problem";
import type { Content } from "./types";
import type { Versioned } from "./writes";

/** The most bytes the server takes; a larger file is refused before it travels. */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;

/** Puts a file into content; `onSent` hears the share that arrived, from 0 to 1. */
export function putContentFile(
  content: Versioned,
  file: File,
  onSent: (share: number) => void,
): Promise<Content> {
  const address = `/api/v1/content/${encodeURIComponent(content.id)}/file?file_name=${encodeURIComponent(file.name)}`;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(ifMatch(content.version)))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new NetworkLost());
    request.onload = () => {
      const { status, response } = request;
      if (status === 200) resolve(response as Content);
      else reject(asProblem(response, { status, headers: new Headers() }));
    };
    request.send(file);
  });
}
