package org.sluice.gateway.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * USD per million tokens. A null member means: the same as plain input or output.
 *
 * @param longContextFrom from this many input tokens on the long-context prices hold for the whole call; 0 = never
 * @param units prices of what is not sold by tokens, or null
 */
public record Price(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite,
        BigDecimal cacheWrite1h, BigDecimal audioInput, BigDecimal audioOutput, BigDecimal perThousandCalls,
        long longContextFrom, BigDecimal longContextInput, BigDecimal longContextOutput, UnitPrice units) {
    public static final Price FREE = of(BigDecimal.ZERO, BigDecimal.ZERO);
    private static final int SCALE = 12;

    public static Price of(BigDecimal input, BigDecimal output) {
        return new Price(input, output, null, null, null, null, null, null, 0, null, null);
    }

    public Price(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal cacheWrite1h, BigDecimal audioInput,
            BigDecimal audioOutput, BigDecimal perThousandCalls, long longContextFrom, BigDecimal longContextInput, BigDecimal longContextOutput) {
        this(input, output, cacheRead, cacheWrite, cacheWrite1h, audioInput, audioOutput, perThousandCalls, longContextFrom, longContextInput, longContextOutput, null);
    }

    /** Cost of one call in USD, exact to 10^-12. */
    public BigDecimal costOf(Usage usage) {
        boolean isLong = longContextFrom > 0 && usage.inputTokens() >= longContextFrom;
        BigDecimal in = isLong && longContextInput != null ? longContextInput : input;
        BigDecimal out = isLong && longContextOutput != null ? longContextOutput : output;
        long plainInput = usage.inputTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens() - usage.audioInputTokens();
        long plainOutput = usage.outputTokens() - usage.audioOutputTokens();
        long write5m = usage.cacheWriteTokens() - usage.cacheWrite1hTokens();
        BigDecimal scaled = tokens(Math.max(0, plainInput), in)
                .add(tokens(Math.max(0, plainOutput), out))
                .add(tokens(usage.cacheReadTokens(), scaledBy(cacheRead, in, isLong)))
                .add(tokens(write5m, scaledBy(cacheWrite, in, isLong)))
                .add(tokens(usage.cacheWrite1hTokens(), scaledBy(cacheWrite1h != null ? cacheWrite1h : cacheWrite, in, isLong)))
                .add(tokens(usage.audioInputTokens(), audioInput != null ? audioInput : in))
                .add(tokens(usage.audioOutputTokens(), audioOutput != null ? audioOutput : out));
        BigDecimal cost = scaled.movePointLeft(6);
        if (perThousandCalls != null) {
            cost = cost.add(perThousandCalls.movePointLeft(3));
        }
        return cost.setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    /** Cache prices follow the input price into the long-context tier in the same proportion. */
    private BigDecimal scaledBy(BigDecimal cachePrice, BigDecimal in, boolean isLong) {
        if (cachePrice == null) {
            return in;
        }
        if (!isLong || longContextInput == null || input.signum() == 0) {
            return cachePrice;
        }
        return cachePrice.multiply(longContextInput).divide(input, SCALE, RoundingMode.HALF_UP);
    }

    private static BigDecimal tokens(long count, BigDecimal price) {
        return count == 0 ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(count));
    }
}
