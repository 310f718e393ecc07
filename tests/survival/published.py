"""Data sets printed in books and papers, which the estimates of other programs are known for."""

import numpy as np

#: Weeks in remission of 21 children on 6-mercaptopurine and 21 on placebo (1 = relapsed): Freireich et al. 1963, Blood
#: 21:699; printed in Kalbfleisch & Prentice 2002, Collett 2015 and most other books on survival.
SIX_MP = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35])
SIX_MP_RELAPSED = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])
PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23])

#: Weeks until 18 women stopped using an intrauterine device because of bleeding (1 = stopped): Collett, Modelling
#: Survival Data in Medical Research, Example 1.1.
DEVICE = np.array([10, 13, 18, 19, 23, 30, 36, 38, 54, 56, 59, 75, 93, 97, 104, 107, 107, 107])
DEVICE_STOPPED = np.array([1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 0])

#: Disease (1 myeloid, 0 lymphoblastic), months after a transplant and status (0 censored, 1 relapse, 2 death from the
#: transplant) of 35 patients with acute leukaemia: Scrucca, Santucci & Aversa 2007, Bone Marrow Transpl. 40:381.
LEUKAEMIA = np.array(
    [
        *((0, 13, 2), (0, 1, 1), (0, 72, 0), (0, 7, 2), (0, 8, 2), (1, 67, 0), (0, 9, 2), (0, 5, 2), (1, 70, 0)),
        *((1, 4, 0), (1, 7, 0), (1, 68, 0), (0, 1, 2), (1, 10, 2), (1, 7, 2), (1, 3, 1), (1, 4, 1), (1, 4, 1)),
        *((1, 3, 1), (1, 3, 1), (0, 22, 2), (1, 8, 1), (1, 2, 2), (0, 0, 2), (0, 0, 1), (0, 35, 0), (1, 35, 0)),
        *((0, 4, 2), (0, 14, 2), (0, 26, 2), (0, 3, 2), (1, 2, 0), (1, 8, 0), (1, 32, 0), (0, 12, 1)),
    ]
)

#: Years after a transplant of 100 patients (0 censored, 1 chronic graft-versus-host disease, 2 relapse, 3 death):
#: Pintilie 2006, Competing Risks: A Practical Perspective.
TRANSPLANT = np.array(
    [
        *(
            (0.52, 1),
            (0.408, 1),
            (0.348, 1),
            (0.482, 1),
            (0.378, 1),
            (0.416, 2),
            (0.381, 1),
            (0.914, 1),
            (0.923, 1),
            (0.397, 1),
        ),
        *(
            (0.479, 1),
            (0.991, 1),
            (0.474, 1),
            (0.339, 1),
            (0.277, 1),
            (0.367, 1),
            (0.742, 1),
            (0.408, 1),
            (0.958, 1),
            (0.063, 3),
        ),
        *(
            (0.282, 1),
            (0.413, 1),
            (0.394, 1),
            (0.342, 1),
            (0.367, 1),
            (0.277, 1),
            (0.367, 1),
            (0.331, 1),
            (0.32, 1),
            (0.329, 1),
        ),
        *(
            (0.444, 1),
            (0.438, 2),
            (0.964, 1),
            (0.564, 1),
            (0.402, 1),
            (0.277, 1),
            (0.4, 1),
            (0.446, 1),
            (0.474, 1),
            (0.329, 1),
        ),
        *(
            (0.323, 1),
            (0.392, 1),
            (0.496, 1),
            (0.63, 1),
            (0.383, 1),
            (1.205, 0),
            (0.361, 1),
            (0.277, 1),
            (0.287, 1),
            (0.619, 1),
        ),
        *(
            (0.452, 1),
            (0.29, 1),
            (0.479, 1),
            (0.11, 3),
            (0.857, 1),
            (1.993, 1),
            (0.463, 1),
            (0.496, 1),
            (0.422, 1),
            (0.307, 1),
        ),
        *(
            (0.701, 1),
            (0.279, 1),
            (0.419, 1),
            (0.616, 1),
            (0.331, 1),
            (0.181, 3),
            (0.567, 1),
            (0.287, 3),
            (0.057, 0),
            (0.764, 1),
        ),
        *(
            (0.381, 1),
            (0.274, 2),
            (2.776, 0),
            (0.172, 2),
            (0.553, 1),
            (0.287, 1),
            (0.345, 1),
            (0.375, 1),
            (0.517, 1),
            (0.457, 1),
        ),
        *(
            (0.345, 1),
            (0.219, 3),
            (0.422, 1),
            (0.479, 1),
            (0.29, 1),
            (0.35, 1),
            (0.372, 1),
            (0.277, 1),
            (0.301, 2),
            (0.474, 1),
        ),
        *(
            (0.465, 1),
            (0.433, 1),
            (0.359, 1),
            (1.202, 0),
            (0.408, 1),
            (0.402, 1),
            (0.35, 1),
            (0.411, 1),
            (0.301, 1),
            (0.32, 1),
        ),
    ]
)
