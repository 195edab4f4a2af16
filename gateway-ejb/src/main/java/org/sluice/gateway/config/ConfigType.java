package org.sluice.gateway.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** How a value is spelled. {@code name} and {@code rule} are for people; reading a wrong value throws any runtime exception. */
public final class ConfigType {
    static final ConfigType TEXT = new ConfigType("text", "text", false, text -> text);
    static final ConfigType PATH = new ConfigType("path", "a file or folder name", false, Path::of);
    static final ConfigType SECRET = new ConfigType("secret", "text", true, text -> text);
    static final ConfigType URL = new ConfigType("URL", "a JDBC URL that starts with jdbc:", true, ConfigType::readJdbcUrl);
    static final ConfigType PORT = whole("port", "a whole number from 1 to 65535", 1, 65_535);
    static final ConfigType COUNT = whole("number", "a whole number from 1 to 2147483647", 1, Integer.MAX_VALUE);
    static final ConfigType COUNT_OR_ZERO = whole("number", "a whole number from 0 to 2147483647", 0, Integer.MAX_VALUE);
    static final ConfigType BYTES = new ConfigType("bytes", "a whole number of bytes, 1 or more", false, text -> atLeastOne(Long.valueOf(text)));
    static final ConfigType RATIO = new ConfigType("ratio", "a number above 0 up to 1", false, ConfigType::readRatio);
    static final ConfigType BOOLEAN = new ConfigType("boolean", "true or false", false, ConfigType::readBoolean);
    static final ConfigType DURATION = new ConfigType("duration", "an ISO-8601 duration longer than zero, such as PT30S", false,
            text -> readDuration(text, 1));
    static final ConfigType DURATION_OR_ZERO = new ConfigType("duration", "an ISO-8601 duration such as PT15S; PT0S switches it off", false,
            text -> readDuration(text, 0));
    static final ConfigType GATEWAY_KEY = new ConfigType("secret", "8 letters or digits, a dot, 32 letters or digits", true,
            ConfigType::readGatewayKey);
    static final ConfigType KEY_256_BIT = new ConfigType("secret", "32 bytes in base64", true, ConfigType::readKey256);
    static final ConfigType KEYS_256_BIT = new ConfigType("secret", "keys of 32 bytes in base64, separated by commas", true, ConfigType::readKeys256);

    static final ConfigType HTTP_URL = new ConfigType("HTTP URL", "an http or https URL with a host and without a user", true, ConfigType::readHttpUrl);
    static final ConfigType PROVIDER_IDS = new ConfigType("names", "ids of lower-case letters, digits, _ and -, separated by commas", false,
            ConfigType::readProviderIds);
    static final ConfigType HOSTS = new ConfigType("hosts", "host names, or *. and the end of names, separated by commas", false,
            text -> readEach(text, "(\\*\\.)?([A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+"));
    static final ConfigType HOSTS_WITH_PORT = new ConfigType("hosts", "host:port, separated by commas; an IPv6 address stands in brackets", false,
            text -> readEach(text, "([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):[1-9][0-9]{0,4}"));

    private final String name;
    private final String rule;
    private final boolean isSecret;
    private final Function<String, Object> reader;

    private ConfigType(String name, String rule, boolean isSecret, Function<String, Object> reader) {
        this.name = name;
        this.rule = rule;
        this.isSecret = isSecret;
        this.reader = reader;
    }

    static ConfigType choice(String... words) {
        List<String> allowed = List.of(words);
        return new ConfigType(String.join(" or ", allowed), "one of " + String.join(", ", allowed), false, text -> {
            if (!allowed.contains(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    private static ConfigType whole(String name, String rule, int min, int max) {
        return new ConfigType(name, rule, false, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    public String name() {
        return name;
    }

    /** What a value must look like, to follow "must be". */
    public String rule() {
        return rule;
    }

    /** Whether the value may never be shown. */
    public boolean isSecret() {
        return isSecret;
    }

    Object read(String text) {
        return reader.apply(text);
    }

    private static Object atLeastOne(Long value) {
        if (value < 1) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static Object readRatio(String text) {
        double ratio = Double.parseDouble(text);
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException();
        }
        return ratio;
    }

    private static Object readBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException();
        }
        return Boolean.valueOf(text);
    }

    private static Object readDuration(String text, int minNanos) {
        Duration duration = Duration.parse(text);
        if (duration.compareTo(Duration.ofNanos(minNanos)) < 0) {
            throw new IllegalArgumentException();
        }
        return duration;
    }

    private static Object readJdbcUrl(String text) {
        if (!text.startsWith("jdbc:")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static Object readHttpUrl(String text) {
        URI uri = URI.create(text);
        boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!isHttp || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static Object readProviderIds(String text) {
        return readEach(text, "[a-z0-9][a-z0-9_-]{0,62}");
    }

    private static Object readEach(String text, String pattern) {
        for (String word : text.split(",", -1)) {
            if (!word.strip().matches(pattern)) {
                throw new IllegalArgumentException();
            }
        }
        return text;
    }

    private static Object readGatewayKey(String text) {
        if (!text.matches("[A-Za-z0-9]{8}\\.[A-Za-z0-9]{32}")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static Object readKeys256(String text) {
        for (String key : text.split(",", -1)) {
            readKey256(key.strip());
        }
        return text;
    }

    private static Object readKey256(String text) {
        if (Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)).length != 32) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
