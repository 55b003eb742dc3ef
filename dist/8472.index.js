export const id = 8472;
export const ids = [8472];
export const modules = {

/***/ 98472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _src_mirrors_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54769);
/* harmony import */ var _src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);
/* harmony import */ var _definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(36152);



/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .XI)(_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .definition */ .m, async (input, step) => (0,_src_mirrors_index_js__WEBPACK_IMPORTED_MODULE_0__/* .auditOutputs */ .c_)(await (0,_src_mirrors_index_js__WEBPACK_IMPORTED_MODULE_0__/* .auditMirrors */ .cX)(input, step))));


/***/ })

};
