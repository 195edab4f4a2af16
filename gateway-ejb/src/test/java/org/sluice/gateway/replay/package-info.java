/**
 * The proof that nothing is lost in translation, on traffic that nobody here wrote.
 *
 * <p>{@link org.sluice.gateway.replay.ReplayMatrixTest} reads every recorded answer with the dialect its provider speaks and
 * tells it to clients of every dialect, whole and streamed. What an answer says is found twice, in the recording and in what
 * the client got, by readers of this package: one {@link org.sluice.gateway.replay.WireFormat} for each wire format, written
 * from the providers' documentation over plain JSON. They share no code with the dialects; when both agree, both are right
 * or two people made the same mistake.
 *
 * <p>The table of providers and endpoints is written to {@code target/replay-report.md}.
 */
package org.sluice.gateway.replay;
