package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.apikey.ApiKeyAuthenticator;
import org.sluice.gateway.apikey.RefusalLimit;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.meter.CallMeter;

class ExchangeAuthenticatorTest {
    private static final Caller CALLER = new Caller(1, "abcdefgh", null, "acme", "prod");
    private final ExchangeAuthenticator authenticator = new ExchangeAuthenticator();
    private final List<String> counted = new ArrayList<>();
    private ErrorType verdictOnOthers = ErrorType.AUTHENTICATION;
    private int wait;

    /** Knows the key "good" only. */
    private final class FakeKeys extends ApiKeyAuthenticator {
        @Override
        public Caller authenticate(String presented) {
            if (presented.equals("good")) {
                return CALLER;
            }
            throw new GatewayException(verdictOnOthers, "No.");
        }
    }

    private final class FakeLimit extends RefusalLimit {
        @Override
        public int refused(String address) {
            counted.add(address);
            return wait;
        }
    }

    @BeforeEach
    void wire() {
        authenticator.keys = new FakeKeys();
        authenticator.limit = new FakeLimit();
        authenticator.meter = new CallMeter();
    }

    private Caller ask(String key) {
        return authenticator.authenticate(name -> key != null && name.equals("x-api-key") ? List.of(key) : List.of(), null, "192.0.2.1");
    }

    private GatewayException refusal(String key) {
        return catchThrowableOfType(GatewayException.class, () -> ask(key));
    }

    @Test
    void wrong_and_missing_keys_count_by_address() {
        assertThat(refusal("bad").type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(refusal(null).type()).isEqualTo(ErrorType.AUTHENTICATION);
        assertThat(counted).containsExactly("192.0.2.1", "192.0.2.1");
        assertThat(authenticator.meter.unauthenticated()).isEqualTo(2);
    }

    @Test
    void beyond_the_limit_a_wrong_key_is_told_to_wait() {
        wait = 17;
        GatewayException e = refusal("bad");
        assertThat(e.type()).isEqualTo(ErrorType.RATE_LIMIT);
        assertThat(e.retryAfterSeconds()).isEqualTo(17);
        assertThat(e.getMessage()).contains("API key").doesNotContain("192.0.2.1", "bad");
        assertThat(authenticator.meter.unauthenticated()).as("counted all the same").isEqualTo(1);
    }

    @Test
    void a_valid_key_is_let_in_from_an_address_beyond_the_limit_and_never_counts() {
        wait = 17;
        assertThat(ask("good")).isSameAs(CALLER);
        assertThat(counted).isEmpty();
    }

    @Test
    void what_is_not_the_keys_fault_does_not_count() {
        verdictOnOthers = ErrorType.AUTH_UNAVAILABLE;
        assertThat(refusal("any").type()).isEqualTo(ErrorType.AUTH_UNAVAILABLE);
        assertThat(counted).isEmpty();
    }
}
