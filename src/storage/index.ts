/** Where files are published to: a folder now (`file:PATH`); S3 and GCS have the same door. */
export { isStoreAddress, openStore, type Store } from './store.ts'
