package org.sluice.gateway.token;

import java.time.Duration;

/** @param value the token; @param life how long from now the issuer takes it */
public record AccessToken(String value, Duration life) {
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
