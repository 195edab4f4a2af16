package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.provider.Credential.AwsKeys;

/**
 * Signs a request with AWS Signature Version 4. Signed are the host and the headers given here; headers added later are
 * not, which the rules allow.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS: signed requests</a>
 */
record AwsSigner(String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The headers given and those that make them a signed request. */
    Map<String, String> sign(String method, URI uri, Map<String, String> headers, Body body, AwsKeys keys, Instant now) {
        String time = TIME.format(now);
        String day = time.substring(0, 8);
        SortedMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
        signed.put("host", host(uri));
        signed.put("x-amz-date", time);
        if (keys.sessionToken() != null) {
            signed.put("x-amz-security-token", keys.sessionToken());
        }
        StringBuilder request = new StringBuilder(512).append(method).append('\n').append(path(uri)).append('\n').append(query(uri)).append('\n');
        signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        request.append('\n').append(names).append('\n').append(hex(digest(body)));
        String scope = day + "/" + keys.region() + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256().digest(request.toString().getBytes(UTF_8)));
        String signature = hex(hmac(key(keys.secretAccessKey(), day, keys.region(), service), toSign));
        Map<String, String> all = new TreeMap<>(headers);
        all.put("x-amz-date", time);
        if (keys.sessionToken() != null) {
            all.put("x-amz-security-token", keys.sessionToken());
        }
        all.put("authorization", ALGORITHM + " Credential=" + keys.accessKeyId() + "/" + scope + ", SignedHeaders=" + names + ", Signature=" + signature);
        return all;
    }

    /** The key that signs one day's requests to one service in one region. */
    static byte[] key(String secret, String day, String region, String service) {
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : List.of(day, region, service, "aws4_request")) {
            key = hmac(key, step);
        }
        return key;
    }

    /** As the client writes the Host field. */
    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
    }

    /** The path as sent, every segment encoded once more, as all services but S3 want it. */
    private static String path(URI uri) {
        String path = uri.getRawPath();
        if (path == null || path.isEmpty()) {
            return "/";
        }
        return Stream.of(path.split("/", -1)).map(AwsSigner::encoded).collect(Collectors.joining("/"));
    }

    private static String query(URI uri) {
        if (uri.getRawQuery() == null) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : uri.getRawQuery().split("&")) {
            parameters.add(parameter.contains("=") ? parameter : parameter + "=");
        }
        parameters.sort(null);
        return String.join("&", parameters);
    }

    /** Percent-encoded but for the characters RFC 3986 leaves unreserved. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static byte[] digest(Body body) {
        MessageDigest digest = sha256();
        for (Slice slice : body.slices()) {
            digest.update(slice.array(), slice.from(), slice.length());
        }
        return digest.digest();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
