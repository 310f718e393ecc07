/* What a month works on (the arrays of cisim.core.kernel.sim) and the small functions that several phases share.
   layout.h is made from the dtypes of cisim.core.layout: Parameters, State, Member, Tie, and the codes of purposes and kinds. */

#include "draws.h"
#include "layout.h"

typedef struct {
    const Parameters *p;
    State *s;
    Member *members;
    const int64_t *active;
    Tie *ties;
    uint64_t *partners;   /* words of slots: bit j of row i is set while i and j have a tie */
    const int64_t *provider;
    double *means_from;
    double *a, *b;
    int64_t slots, words;
} Sim;

static inline double larger(double x, double y) { return y > x ? y : x; }
static inline double smaller(double x, double y) { return y < x ? y : x; }
static inline double clip(double x, double low, double high) { return x < low ? low : (x > high ? high : x); }
static inline double approach(double level, double target, double speed) { return level + speed * (target - level); }
static inline double closure(double common) { return common / (common + 4.0); }                            /* E53 */
static inline double relative_gap(double seen, double expected) { return expected > 0.0 ? seen / expected - 1.0 : 0.0; } /* E44 */

static inline double u(const State *s, int64_t entity, int64_t month, int64_t purpose)
{
    return uniform(s->seed, s->replicate, s->community, entity, month, purpose);
}

static inline double z(const State *s, int64_t entity, int64_t month, int64_t purpose)
{
    return normal(s->seed, s->replicate, s->community, entity, month, purpose);
}

static inline int64_t pair_id(int64_t first, int64_t second)
{
    return ((first < second ? first : second) + 1) * PAIR + (first < second ? second : first);
}
