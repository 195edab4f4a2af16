package org.sluice.gateway.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * USD for what is not sold by tokens. A null or missing member means: not sold this way.
 *
 * @param perMillionCharacters of a text that is spoken
 * @param perMinute of sound that is written down
 * @param perImage by quality and size, {@code standard/1024x1024}
 */
public record UnitPrice(BigDecimal perMillionCharacters, BigDecimal perMinute, Map<String, BigDecimal> perImage) {
    private static final int SCALE = 12;
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

    public UnitPrice {
        perImage = Map.copyOf(perImage);
    }

    /** Null when speech has no price. */
    public BigDecimal ofCharacters(long characters) {
        return perMillionCharacters == null ? null : plain(perMillionCharacters.multiply(BigDecimal.valueOf(characters)).movePointLeft(6));
    }

    /** Null when sound has no price. */
    public BigDecimal ofSeconds(BigDecimal seconds) {
        return perMinute == null ? null : plain(perMinute.multiply(seconds).divide(MINUTE, SCALE, RoundingMode.HALF_UP));
    }

    /** Null when such images have no price. */
    public BigDecimal ofImages(long images, String quality, String size) {
        BigDecimal one = perImage.get(quality + "/" + size);
        return one == null ? null : plain(one.multiply(BigDecimal.valueOf(images)));
    }

    private static BigDecimal plain(BigDecimal cost) {
        return cost.setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
