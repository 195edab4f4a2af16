package org.sluice.gateway.attempt;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.route.Target;

/**
 * Two attempts of one call: the second begins when the first has taken a while, the first answer wins, the other is left.
 * The first runs in the call's own thread; each has a copy of the call. When the first fails before the second has begun,
 * there is none.
 *
 * @param <T> what an attempt gives
 */
final class Hedge<T> {
    /** One of the two. */
    interface Side<T> {
        T ask(Call copy, AttemptTrail trail);
    }

    private enum Winner { NONE, FIRST, SECOND, NOBODY }

    private final Call call;
    private final Target firstTarget;
    private final Target secondTarget;
    private final Side<T> first;
    private final Side<T> second;
    private final Call firstCall;
    private final Call secondCall;
    private final AttemptTrail firstTrail = new AttemptTrail();
    private final AttemptTrail secondTrail = new AttemptTrail();
    private final CountDownLatch secondEnded = new CountDownLatch(1);
    private Winner winner = Winner.NONE;
    private boolean isSecondAsked;
    private long secondSinceNanos;
    private T secondAnswer;
    private GatewayException secondFailure;

    Hedge(Call call, Target firstTarget, Target secondTarget, Side<T> first, Side<T> second) {
        this.call = call;
        this.firstTarget = firstTarget;
        this.secondTarget = secondTarget;
        this.first = first;
        this.second = second;
        this.firstCall = call.beside();
        this.secondCall = call.beside();
    }

    /** @throws GatewayException the first one's failure, when both failed */
    T run(Duration after, HedgeThreads threads, AttemptTrail trail) {
        long sinceNanos = System.nanoTime();
        Future<?> timer = threads.after(after.toNanos(), this::second);
        firstTrail.sending(firstTarget);
        try {
            T answer = first.ask(firstCall, firstTrail);
            if (wins(Winner.FIRST)) {
                timer.cancel(false);
                return firstWon(answer, sinceNanos, trail);
            }
            leave(answer);
            return secondWon(true, sinceNanos, trail);
        } catch (GatewayException e) {
            timer.cancel(false);
            boolean wasLeft = isOver();
            if (wasLeft || secondAnswers()) {
                return secondWon(wasLeft, sinceNanos, trail);
            }
            trail.take(firstTrail);
            trail.take(secondTrail);
            trail.won(firstTarget, sinceNanos);
            throw e;
        } catch (RuntimeException | Error e) {
            timer.cancel(false);
            wins(Winner.NOBODY);
            secondCall.cancellation().cancel();
            throw e;
        }
    }

    private T firstWon(T answer, long sinceNanos, AttemptTrail trail) {
        trail.take(firstTrail);
        synchronized (this) {
            if (isSecondAsked && secondFailure == null) {
                trail.left(secondTarget, secondSinceNanos);
            } else if (isSecondAsked) {
                trail.take(secondTrail);
            }
        }
        secondCall.cancellation().cancel();
        call.losses().take(firstCall.losses());
        trail.won(firstTarget, sinceNanos);
        return answer;
    }

    /** @param wasLeft the first one was cut off because the second had answered; else it had failed by itself */
    private T secondWon(boolean wasLeft, long sinceNanos, AttemptTrail trail) {
        if (wasLeft) {
            trail.left(firstTarget, sinceNanos);
        } else {
            trail.take(firstTrail);
        }
        trail.take(secondTrail);
        call.losses().take(secondCall.losses());
        trail.won(secondTarget, sinceNanos);
        return secondAnswer;
    }

    private void second() {
        synchronized (this) {
            if (winner != Winner.NONE || secondCall.cancellation().isCancelled()) {
                return;
            }
            isSecondAsked = true;
            secondSinceNanos = System.nanoTime();
        }
        try {
            secondTrail.sending(secondTarget);
            T answer = second.ask(secondCall, secondTrail);
            boolean isQuicker;
            synchronized (this) {
                isQuicker = winner == Winner.NONE;
                winner = isQuicker ? Winner.SECOND : winner;
                secondAnswer = isQuicker ? answer : null;
            }
            if (isQuicker) {
                firstCall.cancellation().cancel();
            } else {
                leave(answer);
            }
        } catch (GatewayException e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            failed(new GatewayException(ErrorType.INTERNAL, "The second attempt failed inside the gateway.", e));
        } finally {
            secondEnded.countDown();
        }
    }

    private synchronized void failed(GatewayException e) {
        secondFailure = e;
    }

    private synchronized boolean wins(Winner side) {
        if (winner != Winner.NONE) {
            return false;
        }
        winner = side;
        return true;
    }

    private synchronized boolean isOver() {
        return winner == Winner.SECOND;
    }

    /** After the first one's failure: waits for the second if it has begun. */
    private boolean secondAnswers() {
        synchronized (this) {
            if (!isSecondAsked) {
                winner = Winner.NOBODY;
                return false;
            }
        }
        try {
            secondEnded.await(); // ends by its own time limit, or with the call
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            secondCall.cancellation().cancel();
            return false;
        }
        return isOver();
    }

    private static void leave(Object answer) {
        if (answer instanceof Answer.Streamed streamed) {
            streamed.frames().close();
        }
    }

    synchronized boolean isSecondAsked() {
        return isSecondAsked;
    }

    /** Why the second one gave no answer, as far as it has ended. */
    synchronized GatewayException secondFailure() {
        return secondFailure;
    }
}
