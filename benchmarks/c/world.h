/* What a month works on (the arrays of cisim.core.kernel.state) and the small functions that several phases share.
   layout.h is made from the dtypes of cisim.core.layout: Parameters, State, Present, Ties, and the codes of purposes and kinds. */

#include "draws.h"
#include "layout.h"

typedef struct {
    const Parameters *restrict p;
    State *restrict s;
    Present *restrict m;
    Ties *restrict ties;
    uint64_t *restrict partners;   /* words of places: bit j of row i is set while i and j have a tie */
    const int64_t *restrict provider;
    double *restrict means_from;
    int64_t *restrict strangers, *restrict couples;
    double *restrict odds, *restrict likely;
    int64_t places, words;
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

/* Draws for many months at once (cisim.core.kernel.ahead). */

enum { AHEAD_CLIMATE, AHEAD_RIVALS, AHEAD_OUTPUT, AHEAD_ARRIVAL, AHEAD_NEED_ENDS, AHEAD_IMPOSED };

static void normals(double *row, const State *s, int64_t purpose)
{
    int64_t seed = s->seed, replicate = s->replicate, community = s->community, month = s->month;
    for (int i = 0; i < AHEAD; i++) row[i] = second_uniform(seed, replicate, community, COALITION, month + i, purpose);
    for (int i = 0; i < AHEAD; i++) row[i] = inverse_normal(row[i]);
}

static void uniforms(double *row, const State *s, int64_t entity, int64_t step, int64_t purpose)
{
    int64_t seed = s->seed, replicate = s->replicate, community = s->community, month = s->month;
    for (int i = 0; i < AHEAD; i++) row[i] = uniform(seed, replicate, community, entity + step * i, month + i, purpose);
}

static void look_ahead(const Sim *sim)
{
    State *s = sim->s;
    normals(s->ahead[AHEAD_CLIMATE], s, CLIMATE);
    normals(s->ahead[AHEAD_RIVALS], s, RIVALS);
    normals(s->ahead[AHEAD_OUTPUT], s, OUTPUT);
    uniforms(s->ahead[AHEAD_ARRIVAL], s, CANDIDATE + s->month, 1, ARRIVAL);
    if (s->need_ends > 0.0) uniforms(s->ahead[AHEAD_NEED_ENDS], s, COALITION, 0, NEED_ENDS);
    if (sim->p->environment_imposed_hazard > 0.0) uniforms(s->ahead[AHEAD_IMPOSED], s, COALITION, 0, IMPOSED);
}

static inline double drawn(const State *s, int row) { return s->ahead[row][(s->month - 1) % AHEAD]; }
