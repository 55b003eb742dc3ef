export const id = 5134;
export const ids = [5134];
export const modules = {

/***/ 59416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ parseRemotePublicKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);


/**
 * The public key that a keeper answered.
 * @param encoded PEM, or DER of SubjectPublicKeyInfo
 * @throws UserError
 */
function parseRemotePublicKey(encoded, name) {
    try {
        return typeof encoded === 'string'
            ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(encoded)
            : (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: encoded, format: 'der', type: 'spki' });
    }
    catch {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} answered something that is not a public key`);
    }
}


/***/ }),

/***/ 95134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openVaultKey: () => (/* binding */ openVaultKey)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68492);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89468);
/* harmony import */ var _remote_key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59416);





/**
 * A key of the transit engine of HashiCorp Vault or OpenBao: `hashivault://KEY`, its newest version. As the programs
 * vault and cosign do: VAULT_ADDR, VAULT_TOKEN or ~/.vault-token, VAULT_NAMESPACE, TRANSIT_SECRET_ENGINE_PATH.
 * Source: developer.hashicorp.com/vault/api-docs/secret/transit.
 */
async function openVaultKey(key, name, step) {
    if (!/^[\w.-]+$/.test(key) || /^\.+$/.test(key)) {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name} names no key of a transit engine`, { hint: 'Write hashivault://KEY.' });
    }
    const ask = await openEngine(name, step);
    const data = await ask('GET', `keys/${key}`);
    // All signatures of a step are by the version whose public key is told, though the key be rotated meanwhile.
    const version = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)(data, 'latest_version');
    const pem = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)(data, 'keys'), String(version)), 'public_key');
    return {
        name,
        publicKey: (0,_remote_key_js__WEBPACK_IMPORTED_MODULE_3__/* .parseRemotePublicKey */ .S)(typeof pem === 'string' ? pem : '', name),
        async signDigest(digest) {
            const signed = await ask('POST', `sign/${key}/sha2-256`, {
                input: digest.toString('base64'),
                prehashed: true,
                key_version: version,
                marshaling_algorithm: 'asn1',
                signature_algorithm: 'pkcs1v15',
            });
            const [, signature] = /^[a-z]+:v\d+:(.+)$/.exec(String((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)(signed, 'signature'))) ?? [];
            if (signature === undefined)
                throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name} answered no signature`);
            return Buffer.from(signature, 'base64');
        },
    };
}
async function openEngine(name, step) {
    const { VAULT_ADDR, VAULT_TOKEN, VAULT_NAMESPACE, TRANSIT_SECRET_ENGINE_PATH = 'transit', HOME } = step.environment;
    if (!VAULT_ADDR)
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`It is not known where ${name} is`, { hint: 'Set VAULT_ADDR.' });
    const token = VAULT_TOKEN || (HOME && (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(HOME, '.vault-token'), 'utf8').catch(() => '')).trim());
    if (!token)
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`There is no token for ${name}`, { hint: 'Set VAULT_TOKEN, or run vault login.' });
    step.secret(token);
    const base = `${VAULT_ADDR.replace(/\/+$/, '')}/v1/${TRANSIT_SECRET_ENGINE_PATH.replace(/^\/+|\/+$/g, '')}`;
    return async (method, path, body) => {
        const response = await step.http.request({
            method,
            url: `${base}/${path}`,
            headers: {
                'x-vault-request': 'true',
                'x-vault-token': token,
                ...(VAULT_NAMESPACE ? { 'x-vault-namespace': VAULT_NAMESPACE } : {}),
                ...(body ? { 'content-type': 'application/json' } : {}),
            },
            // A redirect to the active server of a cluster must not carry the token to anybody else.
            redirect: 'manual',
            ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const answer = await response.json().catch(() => undefined);
        if (response.ok)
            return (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)(answer, 'data');
        const errors = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .member */ .D)(answer, 'errors');
        const reason = Array.isArray(errors) && errors.length > 0 ? errors.join('; ') : `status ${response.status}`;
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`Vault refused ${method} ${path} for ${name}: ${reason}`, {
            hint: 'The token needs read on keys/KEY, and update on sign/KEY to sign.',
        });
    };
}


/***/ })

};
