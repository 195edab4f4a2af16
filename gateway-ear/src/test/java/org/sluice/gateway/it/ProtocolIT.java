package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP written by hand against the running gateway (reliability C10-C13, H1, H5, H6). */
class ProtocolIT {
    private static final String BODY = "{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"alpha\"}]}";
    private static final String HEAD = "Host: gateway\r\nAuthorization: Bearer " + ServerUnderTest.key() + "\r\nContent-Type: application/json\r\n";
    private static final String POST = "POST /api/chat/completions HTTP/1.1\r\n";

    /**
     * What comes back until the server closes, or until this text has come, or three seconds pass in silence.
     *
     * @param enough null to wait for the close
     */
    private static String exchange(String request, String enough) throws IOException {
        URI base = URI.create(ServerUnderTest.shared().baseUrl());
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                read.write(next);
                if (enough != null && read.toString(ISO_8859_1).endsWith(enough)) {
                    return read.toString(ISO_8859_1);
                }
            }
            return read + "<closed>";
        } catch (SocketTimeoutException silence) {
            return read + "<open>";
        }
    }

    private static String length(String body) {
        return "Content-Length: " + body.length() + "\r\n";
    }

    private static int answers(String text) {
        return text.split("HTTP/1\\.[01] \\d{3}", -1).length - 1;
    }

    /** With and without a key: who smuggles needs none. */
    @Test
    void a_body_framed_in_two_ways_is_refused_and_the_connection_ends() throws Exception {
        for (String head : new String[] {HEAD, HEAD.replaceAll("Authorization: .*\r\n", "")}) {
            for (String path : new String[] {"/api/chat/completions", "/api/request-logs/list/"}) {
                String answer = exchange("POST " + path + " HTTP/1.1\r\n" + head + length(BODY) + "Transfer-Encoding: xchunked\r\n\r\n" + BODY, null);
                assertThat(answer).as("H1 " + path).startsWith("HTTP/1.1 400").endsWith("<closed>");
                assertThat(answers(answer)).isOne();
            }
        }
    }

    @Test
    void chunks_win_over_a_length_and_leave_no_rest_behind() throws Exception {
        String chunked = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
        String answer = exchange(POST + HEAD + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked, null);
        assertThat(answer).as("H1").matches("(?s)HTTP/1\\.1 (200|400).*");
        assertThat(answers(answer)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -1", "Content-Length: +68", "Transfer-Encoding: chunked, identity"})
    void a_length_that_is_none_is_refused_and_the_connection_ends(String framing) throws Exception {
        String answer = exchange(POST + HEAD + framing + "\r\n\r\n" + BODY, null);
        assertThat(answer).as("H1").matches("(?s)(HTTP/1\\.1 (4|501).*)?<closed>");
    }

    @Test
    void a_wrong_length_mixes_no_requests() throws Exception {
        String next = "GET /api/health-check/ HTTP/1.1\r\n" + HEAD + "\r\n";
        for (int wrong : new int[] {BODY.length() - 10, BODY.length() + 50}) {
            String answer = exchange(POST + HEAD + "Content-Length: " + wrong + "\r\n\r\n" + BODY + next, null);
            assertThat(answer).as("C11").startsWith("HTTP/1.1 400").endsWith("<closed>").doesNotContain("taking calls");
            assertThat(answers(answer)).isOne();
        }
    }

    @Test
    void an_oversize_body_that_is_announced_is_refused_before_it_is_sent() throws Exception {
        String answer = exchange(POST + HEAD + "Content-Length: 34603009\r\nExpect: 100-continue\r\n\r\n", "\"}");
        assertThat(answer).as("C10").contains("HTTP/1.1 413 ").contains("request_too_large");
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 10; i < 40; i++) {
            requests.append(POST).append(HEAD).append(length(BODY)).append("\r\n").append(BODY.replace("alpha", "alp" + i));
        }
        String answer = exchange(requests.toString(), "}}");
        for (int i = 10, at = -1; i < 40 && answers(answer) == 30; i++) {
            int found = answer.indexOf("alp" + i);
            assertThat(found).as("C12, answer " + i).isGreaterThan(at);
            at = found;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE", "FOO", "TRACE", "CONNECT"})
    void a_method_that_the_path_does_not_know_is_refused(String method) throws Exception {
        assertThat(exchange(method + " /api/chat/completions HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n", null)).as("C13").matches("(?s)HTTP/1\\.1 40[35].*");
    }

    @Test
    void an_old_client_and_one_that_names_the_whole_address_are_served() throws Exception {
        String stream = BODY.replace("{\"model\"", "{\"stream\":true,\"model\"");
        assertThat(exchange(POST.replace("1.1", "1.0") + HEAD + length(BODY) + "\r\n" + BODY, null)).as("C13").contains(" 200 ", "alpha").endsWith("}<closed>");
        assertThat(exchange(POST.replace("1.1", "1.0") + HEAD + length(stream) + "\r\n" + stream, null)).as("C13").contains(" 200 ", "alpha")
                .endsWith("data: [DONE]\n\n<closed>");
        assertThat(exchange(POST.replace("/api", "http://gateway/api") + HEAD + length(BODY) + "\r\n" + BODY, "}}")).as("C13").contains(" 200 ", "alpha");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/api/health-check?", "good/?", "good#", "good@evil", "a b", "../.."})
    void a_host_that_is_none_chooses_no_path(String host) throws Exception {
        String answer = exchange("GET /api/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n", null);
        assertThat(answer).as("H6").matches("(?s)HTTP/1\\.1 40[01].*").doesNotContain("taking calls");
    }

    @Test
    void headers_of_a_proxy_choose_no_path() throws Exception {
        assertThat(exchange("GET /api/models HTTP/1.1\r\nHost: x\r\nX-Original-URL: /api/health-check\r\nX-Rewrite-URL: /api/health-check\r\n"
                + "X-Forwarded-Host: x/api/health-check?\r\nX-HTTP-Method-Override: POST\r\nConnection: close\r\n\r\n", null)).as("H6").startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/../WEB-INF/web.xml", "/.//WEB-INF/web.xml", "/WEB-INF/", "/META-INF/MANIFEST.MF", "/api;x=1/..;/models", "/%2e%2e%2f",
        "//api/models", "/API/models", "/api/models;a=b", "/api/health-check/../models", "/api/health-check;/../models", "/api/models/public/..;/",
        "/api/health-check/..%2fmodels", "/api/models%2fpublic", "/api/models%00", "/error-page"})
    void no_spelling_of_a_path_goes_round_the_key_or_reaches_a_file(String path) throws Exception {
        assertThat(exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", null)).as("H5").matches("(?s)HTTP/1\\.1 40[014].*")
                .doesNotContain("web-app", "Manifest-Version");
    }
}
