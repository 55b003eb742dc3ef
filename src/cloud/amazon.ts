import { describeError, type Step } from '../runner/index.ts'

/** What each client of the AWS SDK is given. */
export interface AmazonAccess {
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  readonly logger: Readonly<Record<'debug' | 'info' | 'warn' | 'error', (message: unknown) => void>>
}

/**
 * Keys of the step's environment, masked; without them the SDK's default chain looks for others: shared files, web
 * identity, container and instance roles. That chain reads `process.env` itself: it can't be given an environment.
 */
export function amazonAccess(step: Step): AmazonAccess {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = step.environment
  const ignore = (): void => undefined
  const tell = (message: unknown): void => step.log.debug(`AWS SDK: ${textOf(message)}`)
  return {
    ...(accessKeyId && AWS_SECRET_ACCESS_KEY
      ? {
          credentials: {
            accessKeyId,
            secretAccessKey: step.secret(AWS_SECRET_ACCESS_KEY),
            ...(AWS_SESSION_TOKEN ? { sessionToken: step.secret(AWS_SESSION_TOKEN) } : {}),
          },
        }
      : {}),
    logger: { debug: ignore, info: ignore, warn: tell, error: tell },
  }
}

/** The SDK logs texts, and failed commands with all that they were given, which is not for a log. */
function textOf(message: unknown): string {
  if (typeof message !== 'object' || message === null) return String(message)
  const command = 'commandName' in message ? `${String(message.commandName)}: ` : ''
  return command + describeError('error' in message ? message.error : message)
}
