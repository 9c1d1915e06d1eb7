// libmicrohttpd's starter and its inquiries are variadic C functions, which Swift cannot import; nor does it see
// SO_PEERGROUPS and struct ucred, which glibc keeps behind _GNU_SOURCE.
#pragma once
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

/// Escapes in paths stay as they were sent: decoding them in place would end a path at `%00` and split it at `%2F`.
static inline size_t bom_mhd_as_sent(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

/// One thread per connection on a socket that already listens; `key` and `certificate` are PEM texts or null. With
/// `authority`, a PEM text or null, clients are asked for a certificate; one that shows none, or any, is let in all the same.
static inline struct MHD_Daemon *bom_mhd_start(
    int listening, unsigned int connections, unsigned int idle_seconds, const char *key, const char *certificate,
    const char *authority, MHD_NotifyConnectionCallback connected, MHD_AccessHandlerCallback answer,
    MHD_RequestCompletedCallback completed, void *context) {
    unsigned int flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)certificate},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
        {authority ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0, (void *)authority},
        {MHD_OPTION_END, 0, 0},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, 0}};
    if (key) flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, 0, 0, answer, context,
        MHD_OPTION_LISTEN_SOCKET, listening,
        MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
        MHD_OPTION_NOTIFY_CONNECTION, connected, context,
        MHD_OPTION_NOTIFY_COMPLETED, completed, context,
        MHD_OPTION_UNESCAPE_CALLBACK, bom_mhd_as_sent, (void *)0,
        MHD_OPTION_ARRAY, key ? tls : none,
        MHD_OPTION_END);
}

/// The socket of a connection, or -1.
static inline int bom_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// The numeric address of the other end, of IPv6 its network of 64 bits, which one subscriber has; 0 where there is none.
static inline int bom_mhd_address(struct MHD_Connection *connection, char text[INET6_ADDRSTRLEN]) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return 0;
    if (info->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)info->client_addr;
        return inet_ntop(AF_INET, &four->sin_addr, text, INET6_ADDRSTRLEN) != 0;
    }
    if (info->client_addr->sa_family != AF_INET6) return 0;
    struct in6_addr six = ((const struct sockaddr_in6 *)info->client_addr)->sin6_addr;
    if (!IN6_IS_ADDR_V4MAPPED(&six)) memset(six.s6_addr + 8, 0, 8);
    return inet_ntop(AF_INET6, &six, text, INET6_ADDRSTRLEN) != 0;
}

/// GnuTLS's session of a connection; null without TLS.
static inline void *bom_mhd_session(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info ? (void *)info->tls_session : 0;
}

/// `struct ucred` of unix(7).
struct bom_peer {
    int32_t process;
    uint32_t user;
    uint32_t group;
};

/// Who is at the other end of a Unix socket: 0, or -1 with errno.
static inline int bom_socket_peer(int descriptor, struct bom_peer *peer) {
    socklen_t length = sizeof *peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, peer, &length);
}

/// The supplementary groups of the other end: how many, or -1 with errno (ERANGE: there are more than `most`).
static inline int bom_socket_peer_groups(int descriptor, uint32_t *groups, int most) {
    socklen_t length = (socklen_t)(most * sizeof *groups);
    int result = getsockopt(descriptor, SOL_SOCKET, 59 /* SO_PEERGROUPS */, groups, &length);
    return result < 0 ? result : (int)(length / sizeof *groups);
}

static const uint64_t bom_mhd_size_unknown = MHD_SIZE_UNKNOWN;
static const ssize_t bom_mhd_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;
static const ssize_t bom_mhd_end_with_error = MHD_CONTENT_READER_END_WITH_ERROR;
