/** Where files are published to and come from: a folder (`file:PATH`), S3 (`s3://BUCKET/PREFIX`) and GCS (`gs://…`) alike. */
export { type Content, copyContent, fileContent } from './content.ts'
export { isStoreAddress, openStore } from './open.ts'
export type { Store, StoredDocument, StoredFile } from './store.ts'
