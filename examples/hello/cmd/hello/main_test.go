package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHandler(t *testing.T) {
	for _, test := range []struct {
		path string
		code int
		body string
	}{
		{"/", http.StatusOK, "Hello, world!\n"},
		{"/?name=Kubernetes", http.StatusOK, "Hello, Kubernetes!\n"},
		{"/healthz", http.StatusOK, "ok\n"},
		{"/version", http.StatusOK, "dev\n"},
		{"/nothing", http.StatusNotFound, "404 page not found\n"},
	} {
		t.Run(test.path, func(t *testing.T) {
			response := httptest.NewRecorder()
			handler("Hello").ServeHTTP(response, httptest.NewRequest(http.MethodGet, test.path, nil))
			if response.Code != test.code || response.Body.String() != test.body {
				t.Errorf("got %d %q, want %d %q", response.Code, response.Body.String(), test.code, test.body)
			}
		})
	}
}

func TestServeStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := serve(ctx, "127.0.0.1:0", handler("Hello")); err != nil {
		t.Error(err)
	}
}
