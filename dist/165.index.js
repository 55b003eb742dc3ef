export const id = 165;
export const ids = [165];
export const modules = {

/***/ 50165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openAzureKey: () => (/* binding */ openAzureKey)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/sigstore/json.js
var json = __webpack_require__(89468);
;// CONCATENATED MODULE: ./build/source/src/sigstore/kms/azure-token.js


const metadata = 'http://169.254.169.254/metadata/identity/oauth2/token';
/**
 * An access token for a resource of Azure, masked, by what azure/login and the SDKs of Azure put in the environment: the federation
 * of a GitHub job, a client's secret, or else the managed identity of the machine.
 * Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
 */
async function azureToken(resource, step) {
    const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret } = step.environment;
    if (!tenant || !client)
        return askMachine(client, resource, step);
    const { AZURE_AUTHORITY_HOST: host = 'https://login.microsoftonline.com' } = step.environment;
    const proof = secret ? { client_secret: step.secret(secret) } : await assertion(step);
    const form = { grant_type: 'client_credentials', client_id: client, scope: `${resource}/.default`, ...proof };
    const response = await step.http.request({
        method: 'POST',
        url: `${host.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
    });
    return tokenOf(response, step);
}
async function assertion(step) {
    const token = await step.identityToken('api://AzureADTokenExchange');
    if (token === undefined) {
        throw new runner/* UserError */.yo('AZURE_CLIENT_ID is set, but there is nothing to prove it with', {
            hint: "Let the job have 'permissions: id-token: write', or set AZURE_CLIENT_SECRET.",
        });
    }
    return {
        client_assertion: token,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    };
}
async function askMachine(client, resource, step) {
    const query = { 'api-version': '2018-02-01', resource, ...(client ? { client_id: client } : {}) };
    const response = await step.http
        .request({
        url: `${metadata}?${new URLSearchParams(query)}`,
        headers: { metadata: 'true' },
        timeout: 2000,
        repeatable: false,
    })
        .catch(() => undefined);
    if (response)
        return tokenOf(response, step);
    throw new runner/* UserError */.yo('There are no credentials of Azure: this machine has no managed identity', {
        hint: 'Set AZURE_TENANT_ID and AZURE_CLIENT_ID, and let the job have an identity token or AZURE_CLIENT_SECRET.',
    });
}
async function tokenOf(response, step) {
    const answer = await response.json().catch(() => undefined);
    const token = (0,json/* member */.D)(answer, 'access_token');
    if (response.ok && typeof token === 'string')
        return step.secret(token);
    const reason = (0,json/* member */.D)(answer, 'error_description') ?? (0,json/* member */.D)(answer, 'error') ?? `status ${response.status}`;
    throw new runner/* UserError */.yo(`Azure gave no token: ${String(reason).split(/\r?\n/)[0]}`);
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/kms/der-signature.js
/** An ECDSA signature of P-256 in DER, as Sigstore has it, from r and s one after the other, as JOSE has it. */
function derSignature(joined) {
    const half = joined.length / 2;
    const body = Buffer.concat([integer(joined.subarray(0, half)), integer(joined.subarray(half))]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
function integer(bytes) {
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0)
        start++;
    const digits = bytes.subarray(start);
    // A first bit of 1 would make it negative.
    const sign = (digits[0] ?? 0) & 0x80 ? [0] : [];
    return Buffer.concat([Buffer.from([0x02, digits.length + sign.length, ...sign]), digits]);
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/kms/azure.js





// A token goes to vaults of Azure and its sovereign clouds, and to nobody else.
const pattern = /^(?<host>[a-z0-9-]+\.(?<cloud>vault\.azure\.net|vault\.azure\.cn|vault\.usgovcloudapi\.net))\/(?<key>[A-Za-z0-9-]+)(?:\/(?<version>[0-9a-f]+))?$/i;
const version = 'api-version=7.4';
/**
 * A key of Azure Key Vault: `azurekms://VAULT.vault.azure.net/KEY`, its newest version or `/VERSION`; EC P-256 or RSA.
 * Source: learn.microsoft.com/rest/api/keyvault/keys.
 */
async function openAzureKey(rest, name, step) {
    const { host, cloud, key, version: asked } = pattern.exec(rest)?.groups ?? {};
    if (host === undefined) {
        throw new runner/* UserError */.yo(`${name} names no key of Azure Key Vault`, {
            hint: 'Write azurekms://VAULT.vault.azure.net/KEY.',
        });
    }
    const ask = askerOf(`https://${cloud}`, name, step);
    const jwk = (0,json/* member */.D)(await ask('GET', `https://${host}/keys/${key}/${asked ?? ''}`), 'key');
    const publicKey = parseJwk(jwk, name);
    // The address with the version, so that all signatures of a step are by the key that was told.
    const kid = new URL(String((0,json/* member */.D)(jwk, 'kid')));
    if (kid.protocol !== 'https:' || kid.host !== host.toLowerCase())
        throw new runner/* UserError */.yo(`${name} answered another's key`);
    const isEc = publicKey.asymmetricKeyType === 'ec';
    if (isEc && publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
        throw new runner/* UserError */.yo(`${name} cannot sign with SHA-256`, { hint: 'Use a key of the kind EC P-256, or RSA.' });
    }
    return {
        name,
        publicKey,
        async signDigest(digest) {
            const body = { alg: isEc ? 'ES256' : 'RS256', value: digest.toString('base64url') };
            const signed = await ask('POST', `${kid.href}/sign`, body);
            const signature = Buffer.from(String((0,json/* member */.D)(signed, 'value')), 'base64url');
            return isEc ? derSignature(signature) : signature;
        },
    };
}
function parseJwk(jwk, name) {
    // Keys in hardware are `EC-HSM` and `RSA-HSM`, and otherwise the same.
    const key = { kty: String((0,json/* member */.D)(jwk, 'kty')).replace('-HSM', '') };
    for (const part of ['crv', 'x', 'y', 'n', 'e']) {
        const value = (0,json/* member */.D)(jwk, part);
        if (typeof value === 'string')
            key[part] = value;
    }
    try {
        return (0,external_node_crypto_.createPublicKey)({ key, format: 'jwk' });
    }
    catch {
        throw new runner/* UserError */.yo(`${name} answered something that is not a public key`);
    }
}
function askerOf(resource, name, step) {
    let token;
    return async (method, url, body) => {
        token ??= azureToken(resource, step);
        const response = await step.http.request({
            method,
            url: `${url}?${version}`,
            headers: {
                authorization: `Bearer ${await token}`,
                ...(body ? { 'content-type': 'application/json' } : {}),
            },
            ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const answer = await response.json().catch(() => undefined);
        if (response.ok)
            return answer;
        const reason = (0,json/* member */.D)((0,json/* member */.D)(answer, 'error'), 'message') ?? `status ${response.status}`;
        throw new runner/* UserError */.yo(`Azure Key Vault refused ${name}: ${reason}`, {
            hint: 'The identity of this job needs the role Key Vault Crypto User.',
        });
    };
}


/***/ })

};
