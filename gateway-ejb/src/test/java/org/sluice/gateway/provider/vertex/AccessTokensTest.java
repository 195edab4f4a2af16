package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

class AccessTokensTest {
    static final String USER = "{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"sentinel-secret\",\"refresh_token\":\"sentinel/refresh\"}";
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(1), Duration.ofMinutes(9), Duration.ofMinutes(9), Duration.ofMinutes(9));
    private final TestClock clock = new TestClock();
    private final AccessTokens tokens = new AccessTokens(clock);

    private String token(String json, FakeGoogle google) {
        return tokens.token(json, null, google, LIMITS);
    }

    private static Map<String, String> form(UpstreamRequest request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : new String(request.body().toBytes(), UTF_8).split("&")) {
            form.put(pair.substring(0, pair.indexOf('=')), URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), UTF_8));
        }
        return form;
    }

    static String serviceAccount(KeyPair pair, String tokenUri) {
        String pem = "-----BEGIN PRIVATE KEY-----\\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded()).replace("\n", "\\n") + "\\n-----END PRIVATE KEY-----\\n";
        return "{\"type\":\"service_account\",\"project_id\":\"my-project\",\"private_key_id\":\"kid-1\",\"private_key\":\"" + pem
                + "\",\"client_email\":\"robot@my-project.iam.gserviceaccount.com\",\"token_uri\":\"" + tokenUri + "\"}";
    }

    static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void a_service_account_signs_who_it_is_and_what_it_wants() throws Exception {
        KeyPair pair = pair();
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        assertThat(token(serviceAccount(pair, "https://oauth2.googleapis.com/token"), google)).isEqualTo("t1");
        UpstreamRequest asked = google.asked.get(0);
        assertThat(asked.uri()).hasToString("https://oauth2.googleapis.com/token");
        assertThat(asked.limits().total()).as("a call does not wait for a token as long as for an answer").isLessThan(Duration.ofMinutes(1));
        Map<String, String> form = form(asked);
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] parts = form.get("assertion").split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonObject header = JsonReader.readObject(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(header.text("alg")).isEqualTo("RS256");
        assertThat(header.text("kid")).isEqualTo("kid-1");
        JsonObject claims = JsonReader.readObject(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.text("iss")).isEqualTo("robot@my-project.iam.gserviceaccount.com");
        assertThat(claims.text("aud")).isEqualTo("https://oauth2.googleapis.com/token");
        assertThat(claims.text("scope")).isEqualTo("https://www.googleapis.com/auth/cloud-platform");
        assertThat(claims.number("iat", 0)).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.number("exp", 0)).isEqualTo(clock.instant().getEpochSecond() + 3600);
    }

    @Test
    void a_user_shows_the_refresh_token() {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        assertThat(token(USER, google)).isEqualTo("t1");
        assertThat(form(google.asked.get(0))).isEqualTo(Map.of("grant_type", "refresh_token", "client_id", "id", "client_secret", "sentinel-secret", "refresh_token", "sentinel/refresh"));
    }

    @Test
    void a_token_is_kept_until_shortly_before_its_end() {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        assertThat(token(USER, google)).isEqualTo("t1");
        clock.advance(Duration.ofMinutes(55));
        assertThat(token(USER, google)).isEqualTo("t1");
        clock.advance(Duration.ofMinutes(2));
        assertThat(token(USER, google)).isEqualTo("t2");
        assertThat(google.asked).hasSize(2);
        assertThat(token(USER.replace("\"id\"", "\"other\""), google)).as("another credential has its own").isEqualTo("t3");
    }

    @Test
    void while_the_old_token_works_a_failed_renewal_hurts_nobody() {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        token(USER, google);
        google.answerWith(request -> FakeGoogle.answer(503, "{}"));
        clock.advance(Duration.ofMinutes(57));
        assertThat(token(USER, google)).isEqualTo("t1");
        assertThat(token(USER, google)).as("not asked again at once").isEqualTo("t1");
        assertThat(google.asked).hasSize(2);
        clock.advance(Duration.ofMinutes(3));
        assertThat(catchThrowableOfType(GatewayException.class, () -> token(USER, google)).type()).isEqualTo(ErrorType.UPSTREAM_UNREACHABLE);
    }

    @Test
    void many_calls_at_once_ask_once() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        FakeGoogle google = new FakeGoogle(request -> {
            isAsked.countDown();
            try {
                assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return FakeGoogle.answer(200, "{\"access_token\":\"one\",\"expires_in\":3599}");
        });
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> token(USER, google)));
            }
            assertThat(isAsked.await(20, TimeUnit.SECONDS)).isTrue();
            mayAnswer.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("one");
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(google.asked).hasSize(1);
    }

    @Test
    void a_refused_credential_is_told_without_what_google_quotes() {
        FakeGoogle google = new FakeGoogle(request -> FakeGoogle.answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"bad sentinel/refresh\"}"));
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> token(USER, google));
        assertThat(refused.type()).isEqualTo(ErrorType.NO_TARGET);
        assertThat(refused.getMessage()).contains("invalid_grant").doesNotContain("sentinel");
        assertThat(catchThrowableOfType(GatewayException.class, () -> token(USER, google))).as("a failure is not kept").isNotNull();
        assertThat(google.asked).hasSize(2);
        google.answerWith(request -> FakeGoogle.answer(200, "{\"token\":1}"));
        assertThat(catchThrowableOfType(GatewayException.class, () -> token(USER, google)).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://oauth2.googleapis.com/token", "https://evil.example/token", "https://oauth2.googleapis.com.evil.example/token",
        "https://oauth2.googleapis.com:8443/token", "https://u@oauth2.googleapis.com/token", "http://169.254.169.254/", "file:///etc/passwd", "::"})
    void a_token_address_that_is_not_googles_is_never_asked(String uri) {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> token(USER.replace("{\"type\"", "{\"token_uri\":\"" + uri + "\",\"type\""), google));
        assertThat(refused.getMessage()).contains("token_uri").doesNotContain(uri);
        assertThat(google.asked).isEmpty();
    }

    @Test
    void the_operator_may_name_another_token_address() {
        FakeGoogle google = FakeGoogle.givingTokens(3600);
        tokens.token(USER.replace("{\"type\"", "{\"token_uri\":\"https://evil.example/\",\"type\""), URI.create("http://127.0.0.1:9/token"), google, LIMITS);
        assertThat(google.asked.get(0).uri()).hasToString("http://127.0.0.1:9/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"type\":\"external_account\",\"sentinel\":1}", "{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"sentinel\"}",
        "{\"type\":\"service_account\"}", "{\"type\":\"authorized_user\",\"client_id\":\"sentinel\"}"})
    void what_is_no_credential_is_told_without_being_shown(String json) {
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> token(json, FakeGoogle.givingTokens(60)));
        assertThat(refused.type()).isEqualTo(ErrorType.NO_TARGET);
        assertThat(refused.getMessage()).startsWith("The Google credential").doesNotContain("sentinel");
    }

    @Test
    void a_credential_is_not_printed() {
        assertThat(GoogleCredential.read(USER).toString()).doesNotContain("sentinel");
    }
}
