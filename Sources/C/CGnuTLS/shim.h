// GnuTLS's `gnutls_free` is a variable that holds a function, and its flags are bits of several enums; Swift sees neither
// as what it is.
#pragma once
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/// Gives back what GnuTLS has allocated for its caller.
static inline void bom_gnutls_free(void *memory) { gnutls_free(memory); }

/// Whether `authority` has signed this certificate, dates aside: 0 when it has, else why not, or a negative error.
static inline int bom_gnutls_verify(gnutls_x509_crt_t certificate, gnutls_x509_crt_t authority) {
    unsigned int status = 0;
    int result = gnutls_x509_crt_verify(
        certificate, &authority, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DO_NOT_ALLOW_SAME, &status);
    return result < 0 ? result : (int)status;
}

/// An elliptic curve key on P-256, which each TLS library of today takes.
static inline int bom_gnutls_generate(gnutls_x509_privkey_t key) {
    return gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
}

static const unsigned int bom_gnutls_use_authority = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN;
static const unsigned int bom_gnutls_use_peer = GNUTLS_KEY_DIGITAL_SIGNATURE;
