package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Google's JSON of a credential, made into a request for an access token (RFC 7523 for service accounts, RFC 6749 section 6
 * for users). Never printed.
 */
final class GoogleCredential {
    private static final URI USUAL = URI.create("https://oauth2.googleapis.com/token");
    private static final Set<String> HOSTS = Set.of("oauth2.googleapis.com", "oauth2.mtls.googleapis.com", "accounts.google.com", "www.googleapis.com");
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final long SECONDS = 3600;
    private final JsonObject json;

    private GoogleCredential(JsonObject json) {
        this.json = json;
    }

    /** @throws GatewayException NO_TARGET when it is none */
    static GoogleCredential read(String text) {
        try {
            return new GoogleCredential(JsonReader.readObject(text.getBytes(UTF_8)));
        } catch (GatewayException notJson) {
            throw refused("is not a JSON object");
        }
    }

    /** A member's text, or null. */
    String text(String name) {
        return json.text(name);
    }

    /** Where the token is asked for. */
    URI tokenUri() {
        String given = json.text("token_uri");
        if (given == null || given.isBlank()) {
            return USUAL;
        }
        try {
            URI uri = URI.create(given);
            boolean isGoogle = "https".equals(uri.getScheme()) && uri.getHost() != null && HOSTS.contains(uri.getHost())
                    && (uri.getPort() < 0 || uri.getPort() == 443) && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (isGoogle) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // told below
        }
        throw new GatewayException(ErrorType.API_BASE_NOT_ALLOWED, "The Google credential has a token_uri that is not Google's.");
    }

    /** The form that asks for a token. @param audience the address it is sent to */
    byte[] request(URI audience, Instant now) {
        String type = json.text("type");
        if ("service_account".equals(type)) {
            return ("grant_type=" + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion=" + assertion(audience, now)).getBytes(UTF_8);
        }
        if ("authorized_user".equals(type)) {
            return ("grant_type=refresh_token&client_id=" + encoded(needed("client_id")) + "&client_secret=" + encoded(needed("client_secret"))
                    + "&refresh_token=" + encoded(needed("refresh_token"))).getBytes(UTF_8);
        }
        throw refused("is of a type that is not known here; give a service_account or an authorized_user");
    }

    private String assertion(URI audience, Instant now) {
        String header = new JsonWriter().beginObject().name("alg").value("RS256").name("typ").value("JWT").optional("kid", json.text("private_key_id")).endObject().toText();
        String claims = new JsonWriter().beginObject().name("iss").value(needed("client_email")).name("scope").value(SCOPE)
                .name("aud").value(audience.toString()).name("iat").value(now.getEpochSecond()).name("exp").value(now.getEpochSecond() + SECONDS).endObject().toText();
        String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            String pem = needed("private_key").replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw refused("has a private_key that is no RSA key in PKCS #8");
        }
    }

    private String needed(String name) {
        String value = json.text(name);
        if (value == null || value.isBlank()) {
            throw refused("lacks " + name);
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static GatewayException refused(String why) {
        return new GatewayException(ErrorType.NO_TARGET, "The Google credential " + why + ".");
    }

    @Override
    public String toString() {
        return "GoogleCredential[***]";
    }
}
