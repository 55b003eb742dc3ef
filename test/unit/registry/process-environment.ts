/** For what the SDKs read of the process itself. */
export async function withProcessEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  body: () => Promise<void>,
): Promise<void> {
  const set = (values: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]))
  set(environment)
  try {
    await body()
  } finally {
    set(before)
  }
}
