import { describe, expect, test } from '@jest/globals'
import { readIdentityToken } from '../../../src/sigstore/identity-token.ts'
import { unsignedToken } from '../../sigstore/index.ts'

describe('what a token promises of the certificate', () => {
  test.each<[string, object, object]>([
    [
      'email',
      { iss: 'https://accounts.test', sub: '1', email: 'dev@example.com', email_verified: true },
      { identity: 'dev@example.com', issuer: 'https://accounts.test', challenge: 'dev@example.com' },
    ],
    [
      "email by Sigstore's Dex",
      {
        iss: 'https://oauth2.sigstore.test/auth',
        sub: '1',
        email: 'dev@example.com',
        email_verified: true,
        federated_claims: { connector_id: 'https://accounts.test' },
      },
      { identity: 'dev@example.com', issuer: 'https://accounts.test', challenge: 'dev@example.com' },
    ],
    [
      'GitHub',
      {
        iss: 'https://token.actions.githubusercontent.com',
        sub: 'repo:example/hello:ref:refs/tags/v1',
        job_workflow_ref: 'example/workflows/.github/workflows/release.yml@refs/tags/v2',
      },
      {
        identity: 'https://github.com/example/workflows/.github/workflows/release.yml@refs/tags/v2',
        challenge: 'repo:example/hello:ref:refs/tags/v1',
      },
    ],
    [
      'GitLab',
      {
        iss: 'https://gitlab.com',
        sub: 'project_path:g/p',
        ci_config_ref_uri: 'gitlab.com/g/p//.gitlab-ci.yml@refs/tags/v1',
      },
      { identity: 'https://gitlab.com/g/p//.gitlab-ci.yml@refs/tags/v1', challenge: 'project_path:g/p' },
    ],
    [
      'anything else',
      { iss: 'https://spiffe.test', sub: 'spiffe://test/x', exp: 60 },
      { identity: 'spiffe://test/x', expires: new Date(60_000) },
    ],
  ])('%s', (_, claims, expected) => {
    expect(readIdentityToken(unsignedToken({ ...claims }))).toMatchObject(expected)
  })

  test.each([
    '',
    'a.b',
    'a.b.c',
    'a.bnVsbA.c',
    unsignedToken({ sub: '1' }),
    unsignedToken({ iss: 'https://issuer.test' }),
  ])('refuses %j without quoting it', (token) => {
    expect(() => readIdentityToken(token)).toThrow(/^The identity token is not a JSON Web Token: it/)
  })
})
