/**
 * The command {@code bench/scorecard}: what a client sees while its provider is in trouble, in sixteen situations, against a
 * gateway of its own whose two providers are played on sockets of this process.
 *
 * <p>{@link org.sluice.gateway.bench.score.Situation} holds the situations; {@link org.sluice.gateway.bench.score.Scorecard} is
 * where to start reading. Grades: PASS, the client has what can be had; PARTIAL, it has it late or only in one of stream and
 * whole answer; SAFE, it has a clear error where an answer was possible; FAIL, it hangs, has a wrong answer, or takes a broken
 * one for a whole one. The command ends with 1 unless all pass.
 */
package org.sluice.gateway.bench.score;
